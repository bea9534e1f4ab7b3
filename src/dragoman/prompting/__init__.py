"""Prompts, and the language models that answer them. Nothing here is used unless a user names a model and where it is.

`open_model` gives a model behind an endpoint; whoever asks one needs `Responder` only, and is handed it from outside.
"""

from dragoman.prompting.meter import Limits, Meter, Prices, Usage
from dragoman.prompting.prompt import Answer, Prompt, Responder, estimate_tokens, read_object
from dragoman.prompting.responder import LanguageModel, open_model

__all__ = [
    "Answer", "LanguageModel", "Limits", "Meter", "Prices", "Prompt", "Responder", "Usage", "estimate_tokens", "open_model", "read_object",
]  # fmt: skip
