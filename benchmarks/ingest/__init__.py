"""How many clips a second the server takes, beside a first version and beside the least there is.

Three servers, one after the other, on one PostgreSQL (fsync on) and one Redis, before the same
load (`load.py`), each as processes of its own:

naive  a nested DRF serializer that creates a row a frame and a row a keypoint (`naive/`);
bare   an ASGI app that inserts the bytes and commits, and asks for nothing (`bare.py`);
ours   `manage.py serve`: session, CSRF, rate limit, validation, packing, neighbours, bell.

The peak of each is what it answers when every connection sends as soon as it is answered; bare
and ours with one process and with two, the better one counts. Then ours alone, open loop: at half
of its peak, and at five times its peak. Every clip that was acknowledged is looked for in the
database. Every phase begins once everybody has been let in; how long that takes, a few at a time
and all at once after a restart, stands beside it. So does the processor time that a clip takes of
server, PostgreSQL and load: on a busy machine rates fall, and that stays.
"""
