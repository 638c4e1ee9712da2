"""The app's icons as PNG, drawn from the SVG files beside them: python -m scripts.icons"""

from playwright.sync_api import sync_playwright

from scripts.browser import launch
from scripts.steps import ROOT, main_guard

ICONS = ROOT / "frontend" / "public" / "icons"
SIZES = {"icon": (192, 512), "maskable": (180, 192, 512)}


def main() -> int:
    with sync_playwright() as playwright:
        page = launch(playwright, webgl=False).new_page()
        for name, sizes in SIZES.items():
            drawing = (ICONS / f"{name}.svg").read_text()
            for px in sizes:
                page.set_viewport_size({"width": px, "height": px})
                page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
                page.screenshot(path=ICONS / f"{name}-{px}.png", omit_background=True)
    return 0


if __name__ == "__main__":
    main_guard(main)
