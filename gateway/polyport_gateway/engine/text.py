"""From chosen tokens to pieces of an answer: whole characters, stop strings, log probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from .messages import FinishReason, TokenLogprob
from .sampling import Choice
from .tokenizer import TextStream, Tokenizer


class AnswerText:
    """The text of one answer as its tokens arrive. Text that may be the beginning of a stop string is held back."""

    def __init__(self, tokenizer: Tokenizer, stops: Sequence[str], logprobs: bool) -> None:
        self._tokenizer, self._stream = tokenizer, TextStream(tokenizer)
        self._stops = [stop for stop in stops if stop]
        self._logprobs = logprobs
        self._held = ""
        self._reports: list[tuple[int, TokenLogprob]] = []  # where in the held text a token begins, and its report
        self.tokens = 0
        self.finish_reason: FinishReason | None = None

    def feed(self, choice: Choice, finish: FinishReason | None) -> tuple[str, list[TokenLogprob]]:
        """The text that is sure after this token, with the reports of its tokens; sets `finish_reason` when the answer has ended."""
        ended = finish == "stop"  # by a token that is not part of the answer
        if not ended:
            self.tokens += 1
            if self._logprobs:
                self._reports.append((len(self._held), self._report(choice)))
            self._held += self._stream.feed(choice.token)
        if finish is not None:
            self._held += self._stream.finish()
        cut = min((at for stop in self._stops if (at := self._held.find(stop)) >= 0), default=None)
        if cut is not None:
            self.finish_reason = "stop"
            return self._release(cut, everything=False)
        self.finish_reason = finish
        end = len(self._held) - (0 if finish else self._doubtful())
        return self._release(end, everything=end == len(self._held))

    def _doubtful(self) -> int:
        """How many characters at the end may be the beginning of a stop string."""
        longest = max(map(len, self._stops), default=1) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stops):
                return length
        return 0

    def _release(self, end: int, *, everything: bool) -> tuple[str, list[TokenLogprob]]:
        """Text up to `end` with the reports of the tokens that begin before it, or of all."""
        text, self._held = self._held[:end], self._held[end:]
        reports = [report for at, report in self._reports if everything or at < end]
        self._reports = [(at - end, report) for at, report in self._reports if not everything and at >= end]
        return text, reports

    def _report(self, choice: Choice) -> TokenLogprob:
        assert choice.logprob is not None
        top = [self._named(token, logprob) for token, logprob in choice.top]
        chosen = self._named(choice.token, choice.logprob)
        return TokenLogprob(chosen.token, chosen.raw, chosen.logprob, top)

    def _named(self, token: int, logprob: float) -> TokenLogprob:
        raw = self._tokenizer.token_bytes(token)
        return TokenLogprob(raw.decode("utf-8", errors="replace"), raw, max(logprob, -9999.0))
