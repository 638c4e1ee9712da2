"""The least that keeps a clip: the bytes of the request in a row, committed, and an answer.

No session, no check, no packing. The limit that the real path is measured against: the same
server (uvicorn with uvloop and httptools), the same database, the same durability.

    DATABASE_URL=… python -m benchmarks.ingest.bare PORT PROCESSES
"""

import os
import sys
from typing import Any
from uuid import UUID

import uvicorn
from psycopg_pool import AsyncConnectionPool

TABLE = """
CREATE TABLE IF NOT EXISTS bare_clip (
  set_id uuid, index integer, payload bytea, PRIMARY KEY (set_id, index)
)"""
INSERT = "INSERT INTO bare_clip VALUES (%s, %s, %s)"
CONNECTIONS = 8
ANSWER = b'{"stored":true}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(ANSWER))]

pool: AsyncConnectionPool[Any] | None = None


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    global pool
    if pool is None:
        pool = AsyncConnectionPool(
            os.environ["DATABASE_URL"], min_size=CONNECTIONS, max_size=CONNECTIONS, open=False,
            kwargs={"autocommit": True},
        )  # fmt: skip
        await pool.open()
    _, _, _, set_id, _, index = scope["path"].split("/")
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    async with pool.connection() as connection:
        await connection.execute(INSERT, (UUID(set_id), int(index), body), prepare=True)
    await send({"type": "http.response.start", "status": 202, "headers": HEADERS})
    await send({"type": "http.response.body", "body": ANSWER})


if __name__ == "__main__":
    uvicorn.run(
        "benchmarks.ingest.bare:application", port=int(sys.argv[1]), workers=int(sys.argv[2]),
        lifespan="off", access_log=False, log_level="warning", server_header=False,
    )  # fmt: skip
