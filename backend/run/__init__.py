"""`make run`: the parent of everything on a newcomer's machine. It starts, watches, tells and ends all."""
