"""What a form says is to be mended."""

from __future__ import annotations

import re

import httpx


def to_mend(answer: httpx.Response) -> list[str]:
    """The ids that the summary on top of a form leads to, in its order; each stands beside its field too."""
    assert answer.status_code == 422
    summary = re.search(r'id="error-summary".*?</ul>', answer.text, re.DOTALL)
    assert summary, "it takes the focus"
    assert "data-focus" in summary[0]
    found = re.findall(r'href="#([^"]+)"', summary[0])
    assert all(f'id="{id}-error"' in answer.text for id in found)
    return found
