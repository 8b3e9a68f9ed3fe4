"""Matrix products with constant weights, in the formats that the CPU is fast at.

Measured on two cores of a Zen 4 with SmolLM2-135M's layers (milliseconds for all layers of one step, batch 1 / 8 / 64):
float32 49 / 341 / 135; bfloat16 28 / 512 / 75; int4 in groups (torch's `_weight_int4pack_mm`, bfloat16 inside) 4 / 13 / 97;
float16 weights with float32 activations (FBGEMM) 6 / 13 / 83. The last is as fast as int4 once a few streams run, and keeps
three more digits, so it is the default.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

WeightFormat = Literal["float32", "float16"]
Linear = Callable[[Tensor], Tensor]


def default_format() -> WeightFormat:
    """float16 where FBGEMM runs (x86-64 with AVX2), else float32."""
    return "float16" if "fbgemm" in torch.backends.quantized.supported_engines else "float32"


def pack(weight: Tensor, weight_format: WeightFormat) -> Linear:
    """A function from (tokens, inputs) to (tokens, outputs) float32, for a float32 weight of shape (outputs, inputs)."""
    if weight_format == "float32":
        return lambda x: F.linear(x, weight)
    packed = torch.ops.quantized.linear_prepack_fp16(weight, None)  # saturates what float16 cannot hold
    multiply = torch.ops.quantized.linear_dynamic_fp16.default
    return lambda x: multiply(x, packed)
