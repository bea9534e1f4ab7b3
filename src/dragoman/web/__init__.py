"""The record in a browser and for programs: pages, each with a JSON and a CSV twin, and an HTTP API. No other machine is asked."""

from dragoman.web.app import make_app

__all__ = ["make_app"]
