"""Results of the Polyport API: `Usage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .completion_tokens_details import CompletionTokensDetails
    from .prompt_tokens_details import PromptTokensDetails


class Usage(APIModel):
    """How many tokens a request used."""

    prompt_tokens: int
    """Tokens in the prompt."""

    completion_tokens: int
    """Tokens that were generated."""

    total_tokens: int
    """The sum of both."""

    prompt_tokens_details: PromptTokensDetails | None = None
    """Where the prompt's tokens went, when the provider tells."""

    completion_tokens_details: CompletionTokensDetails | None = None
    """What the generated tokens were, when the provider tells."""
