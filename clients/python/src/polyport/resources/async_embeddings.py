"""The asynchronous `client.embeddings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .embeddings import EmbeddingsResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.sentinels import NotGiven
    from ..types.embedding_list import EmbeddingList
    from ..types.embedding_request_encoding_format import EmbeddingRequestEncodingFormat
    from ..types.text_input_param import TextInputParam


class AsyncEmbeddingsResource(AsyncResource):
    """Vectors of texts."""

    async def create(
        self,
        *,
        model: str,
        input: TextInputParam,
        encoding_format: EmbeddingRequestEncodingFormat | NotGiven = NOT_GIVEN,
        dimensions: int | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> EmbeddingList:
        """Embed texts

        Turns texts into vectors whose distances tell how alike the texts are.

        Args:
            model: The model's id, as `GET /v1/models` lists it.
            input: A text, or several of them, each as a text or as token ids. A list of token
                ids alone is one text.
            encoding_format: How the vectors are written, as lists of numbers or as base64 of
                32-bit little-endian floats. Default: `float`.
            dimensions: The length of the vectors, for models that can shorten them.
            user: Names the end user, for finding abuse.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Headers of the answer:
            x-polyport-provider: The provider that served the request.
            x-polyport-try: On which try it was served, counted from 1.

        Example:
            await client.embeddings.create(
                model="all-minilm-l6-v2",
                input="The quick brown fox",
            )
        """
        return await self._client._request(
            EmbeddingsResource._CREATE,
            body={
                "model": model,
                "input": input,
                "encoding_format": encoding_format,
                "dimensions": dimensions,
                "user": user,
            },
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
