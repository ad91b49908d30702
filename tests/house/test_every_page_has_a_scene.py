"""No page escapes the eyes and thumbs of `tests/journeys`: each is in a scene, or stands here with why."""

from __future__ import annotations

from litestar import Litestar

from tests.house.test_routes import addresses
from tests.journeys.scene import shape
from tests.journeys.scenes import SCENES
from tests.journeys.scenes_around import SCENES_AROUND

NO_PAGE = {
    "/static/{name:path}": "a file",
    "/sw.js": "a script",
    "/manifest.webmanifest": "data for the browser",
    "/favicon.ico": "a picture",
    "/health/live": "for the proxy",
    "/health/ready": "for the proxy",
    "/metrics": "for Prometheus",
    "/dev/inbox.json": "data for tests",
    "/dev/people.json": "data for tests",
    "/documents/{entry:uuid}": "a file, always kept and never shown",
    "/live": "a stream that an open page follows",
    "/live/caseload": "the same for a list",
    "/live/dashboard": "the same for a page without a timeline",
    "/live/team": "the same for a list",
    "/live/to-do": "the same for a list",
    "/sign-in/factor": "leads on to the way of proving that was used last",
}


def test_every_page_is_in_a_scene(app: Litestar) -> None:
    shown = {scene.route for scene in (*SCENES, *SCENES_AROUND)}
    asked = {path for path in addresses(app, "GET") if path not in NO_PAGE}
    assert sorted(path for path in asked if shape(path) not in shown) == []


def test_what_is_no_page_still_exists(app: Litestar) -> None:
    assert NO_PAGE.keys() <= set(addresses(app, "GET"))


def test_a_scene_is_called_by_one_name() -> None:
    names = [scene.name for scene in (*SCENES, *SCENES_AROUND)]
    assert len(names) == len(set(names))
