"""What docs/openapi.yaml says of refusals: each that an operation can give, in the one shape."""

from typing import Any, Final

ERROR: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
SAFE: Final = {"get", "head", "options"}
REFUSALS: Final = {
    "400": ("Invalid", "Something in the request is not as it should be; `fields` says what."),
    "401": ("NotSignedIn", "Nobody is signed in."),
    "403": ("NotAllowed", "The person, the token or the page may not do this."),
    "404": ("NotThere", "There is no such thing, or not for this person."),
    "406": ("NotAcceptable", "The answer cannot be had in the type that was asked for."),
    "409": ("Conflict", "It contradicts what is stored."),
    "413": ("TooLarge", "The request is longer than it may be."),
    "415": ("WrongType", "The request has a type that is not read here."),
    "429": ("TooMany", "Too many requests; the header says when to come again."),
}
WAIT: Final = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}


def refusals_everywhere(result: Any, **_: Any) -> Any:
    """drf-spectacular's hook: adds what follows from method, path and body to each operation."""
    result["components"]["responses"] = {
        name: {"description": text, "content": ERROR} | ({"headers": WAIT} if code == "429" else {})
        for code, (name, text) in REFUSALS.items()
    }
    for path, operations in result["paths"].items():
        for method, one in operations.items():
            told = one["responses"]
            refused = (told.keys() & REFUSALS.keys()) | _follow(path, method, one)
            stays = {code: answer for code, answer in told.items() if code not in refused}
            refs = {
                code: {"$ref": f"#/components/responses/{REFUSALS[code][0]}"}
                for code in sorted(refused)
            }
            one["responses"] = stays | refs
    return result


def _follow(path: str, method: str, operation: Any) -> set[str]:
    codes = {"401", "403", "406", "429"} if operation.get("security") else {"406", "429"}
    if "{" in path:
        codes.add("404")
    if "requestBody" in operation or operation.get("parameters"):
        codes.add("400")
    if method not in SAFE:
        codes |= {"403", "413"}
    if "requestBody" in operation:
        codes.add("415")
    return codes
