"""Input of the Polyport API: `EmbeddingRequestParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .embedding_request_encoding_format import EmbeddingRequestEncodingFormat
    from .text_input_param import TextInputParam


@described_when_asked
class EmbeddingRequestParam(TypedDict, total=False):
    """Texts, and the model that shall embed them."""

    model: Required[str]
    """The model's id, as `GET /v1/models` lists it."""

    input: Required[TextInputParam]
    """A text, or several of them, each as a text or as token ids. A list of token ids alone is
    one text.
    """

    encoding_format: EmbeddingRequestEncodingFormat
    """How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats.

    Default: `float`.
    """

    dimensions: int
    """The length of the vectors, for models that can shorten them."""

    user: str
    """Names the end user, for finding abuse."""
