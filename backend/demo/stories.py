"""Every dossier of the demo."""

from __future__ import annotations

from backend.demo import mohammed, sanne
from backend.demo.others import OTHERS, PETER
from backend.demo.story import Story

STORIES: tuple[Story, ...] = (sanne.STORY, mohammed.STORY, *PETER, *OTHERS)
