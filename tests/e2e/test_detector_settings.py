"""What is set about the detector holds, and every clip says who found its poses."""

from pathlib import Path

from playwright.sync_api import Request, expect

ESTIMATOR_BYTE = 5  # of a clip, docs/clip-format.md
THUNDER = 3


def is_clip(request: Request) -> bool:
    return request.method == "PUT" and "/clips/" in request.url


def test_a_chosen_network_finds_the_poses_and_stands_on_the_clips(
    athlete, squat_webcam: Path
) -> None:
    studio = athlete(webcam=squat_webcam, webgl=False).open()
    studio.part("settings-open").click()
    studio.part("setting-detector").select_option("thunder")
    studio.part("settings-close").click()
    studio.use_camera()
    with studio.page.expect_request(is_clip, timeout=60_000) as clip:
        studio.start_set()
    assert (clip.value.post_data_buffer or b"")[ESTIMATOR_BYTE] == THUNDER
    assert studio.fact("estimator") == "movenet_thunder"


def test_a_change_before_a_set_loads_the_detector_again_and_is_kept(
    athlete, squat_webcam: Path
) -> None:
    studio = athlete(webcam=squat_webcam, webgl=False).open()
    studio.use_camera()
    studio.part("settings-open").click()
    studio.part("setting-inputSidePx").select_option("161")
    studio.part("settings-close").click()
    studio.expect_status("loading")
    studio.expect_status("ready")

    studio.page.reload()
    studio.part("settings-open").click()
    expect(studio.part("setting-inputSidePx")).to_have_value("161")
    studio.part("settings-reset").click()
    expect(studio.part("setting-inputSidePx")).to_have_value("257")
