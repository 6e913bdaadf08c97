"""The pages of a consultation's life beside its steps: remarks, versions, trial runs, changes while open, new waves."""

from litestar.types import ControllerRouterHandler

from server.routes import remarks, revisions, trials, versions, waves

handlers: list[ControllerRouterHandler] = [handler for room in (remarks, versions, trials, revisions, waves) for handler in room.handlers]
