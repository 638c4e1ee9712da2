"""What axe-core has to say about a page."""

from playwright.sync_api import Page, expect

from scripts.steps import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]

# What turns round and round has no end to wait for.
STILL = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime < 1e6)
  .map((one) => one.finished))"""


def violations(page: Page) -> list[str]:
    """What axe-core finds; it comes from our own dependencies and is handed to the page by CDP."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{v['id']} ({v['impact']}): {v['help']}\n    "
        + "\n    ".join(n["html"] for n in v["nodes"][:4])
        for v in found["violations"]
        if v["impact"] in ("serious", "critical", "moderate")
    ]


def report(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{path}: {text}" for path, told in found.items() for text in told)


def settle(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.wait_for_timeout(600)
    # What is being loaded again is dimmed meanwhile.
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=15_000)
    page.evaluate(STILL)  # transitions change contrast while they run, and run on if all is slow
