"""All types of the API: results by their names, input as `...Param`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .assistant_content_param import AssistantContentParam as AssistantContentParam
    from .assistant_content_part_param import AssistantContentPartParam as AssistantContentPartParam
    from .assistant_message_param import AssistantMessageParam as AssistantMessageParam
    from .chat_choice import ChatChoice as ChatChoice
    from .chat_chunk_choice import ChatChunkChoice as ChatChunkChoice
    from .chat_completion import ChatCompletion as ChatCompletion
    from .chat_completion_chunk import ChatCompletionChunk as ChatCompletionChunk
    from .chat_completion_request_param import (
        ChatCompletionRequestParam as ChatCompletionRequestParam,
    )
    from .chat_delta import ChatDelta as ChatDelta
    from .chat_message_param import ChatMessageParam as ChatMessageParam
    from .chat_reply import ChatReply as ChatReply
    from .completion import Completion as Completion
    from .completion_choice import CompletionChoice as CompletionChoice
    from .completion_logprobs import CompletionLogprobs as CompletionLogprobs
    from .completion_request_param import CompletionRequestParam as CompletionRequestParam
    from .completion_tokens_details import CompletionTokensDetails as CompletionTokensDetails
    from .content_part_param import ContentPartParam as ContentPartParam
    from .developer_message_param import DeveloperMessageParam as DeveloperMessageParam
    from .embedding import Embedding as Embedding
    from .embedding_list import EmbeddingList as EmbeddingList
    from .embedding_request_encoding_format import (
        EmbeddingRequestEncodingFormat as EmbeddingRequestEncodingFormat,
    )
    from .embedding_request_param import EmbeddingRequestParam as EmbeddingRequestParam
    from .embedding_usage import EmbeddingUsage as EmbeddingUsage
    from .embedding_vector import EmbeddingVector as EmbeddingVector
    from .error import Error as Error
    from .error_detail import ErrorDetail as ErrorDetail
    from .finish_reason import FinishReason as FinishReason
    from .function_call import FunctionCall as FunctionCall
    from .function_call_delta import FunctionCallDelta as FunctionCallDelta
    from .function_call_param import FunctionCallParam as FunctionCallParam
    from .function_definition_param import FunctionDefinitionParam as FunctionDefinitionParam
    from .health import Health as Health
    from .health_status import HealthStatus as HealthStatus
    from .image_part_param import ImagePartParam as ImagePartParam
    from .image_url_detail import ImageUrlDetail as ImageUrlDetail
    from .image_url_param import ImageUrlParam as ImageUrlParam
    from .json_object_format_param import JsonObjectFormatParam as JsonObjectFormatParam
    from .json_schema_format_param import JsonSchemaFormatParam as JsonSchemaFormatParam
    from .json_schema_param import JsonSchemaParam as JsonSchemaParam
    from .logprobs import Logprobs as Logprobs
    from .model import Model as Model
    from .model_list import ModelList as ModelList
    from .named_function_param import NamedFunctionParam as NamedFunctionParam
    from .named_tool_choice_param import NamedToolChoiceParam as NamedToolChoiceParam
    from .prompt_tokens_details import PromptTokensDetails as PromptTokensDetails
    from .provider import Provider as Provider
    from .provider_list import ProviderList as ProviderList
    from .provider_status import ProviderStatus as ProviderStatus
    from .reasoning_effort import ReasoningEffort as ReasoningEffort
    from .refusal_part_param import RefusalPartParam as RefusalPartParam
    from .response_format_param import ResponseFormatParam as ResponseFormatParam
    from .role import Role as Role
    from .stop_param import StopParam as StopParam
    from .stream_options_param import StreamOptionsParam as StreamOptionsParam
    from .system_message_param import SystemMessageParam as SystemMessageParam
    from .text_content_param import TextContentParam as TextContentParam
    from .text_format_param import TextFormatParam as TextFormatParam
    from .text_input_item_param import TextInputItemParam as TextInputItemParam
    from .text_input_param import TextInputParam as TextInputParam
    from .text_part_param import TextPartParam as TextPartParam
    from .token_logprob import TokenLogprob as TokenLogprob
    from .tool_call import ToolCall as ToolCall
    from .tool_call_delta import ToolCallDelta as ToolCallDelta
    from .tool_call_param import ToolCallParam as ToolCallParam
    from .tool_choice_mode import ToolChoiceMode as ToolChoiceMode
    from .tool_choice_param import ToolChoiceParam as ToolChoiceParam
    from .tool_message_param import ToolMessageParam as ToolMessageParam
    from .tool_param import ToolParam as ToolParam
    from .top_logprob import TopLogprob as TopLogprob
    from .usage import Usage as Usage
    from .user_content_param import UserContentParam as UserContentParam
    from .user_message_param import UserMessageParam as UserMessageParam
    from .version import Version as Version
else:
    from .._runtime.lazy import lazy_names

    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".assistant_content_param": "AssistantContentParam",
            ".assistant_content_part_param": "AssistantContentPartParam",
            ".assistant_message_param": "AssistantMessageParam",
            ".chat_choice": "ChatChoice",
            ".chat_chunk_choice": "ChatChunkChoice",
            ".chat_completion": "ChatCompletion",
            ".chat_completion_chunk": "ChatCompletionChunk",
            ".chat_completion_request_param": "ChatCompletionRequestParam",
            ".chat_delta": "ChatDelta",
            ".chat_message_param": "ChatMessageParam",
            ".chat_reply": "ChatReply",
            ".completion": "Completion",
            ".completion_choice": "CompletionChoice",
            ".completion_logprobs": "CompletionLogprobs",
            ".completion_request_param": "CompletionRequestParam",
            ".completion_tokens_details": "CompletionTokensDetails",
            ".content_part_param": "ContentPartParam",
            ".developer_message_param": "DeveloperMessageParam",
            ".embedding": "Embedding",
            ".embedding_list": "EmbeddingList",
            ".embedding_request_encoding_format": "EmbeddingRequestEncodingFormat",
            ".embedding_request_param": "EmbeddingRequestParam",
            ".embedding_usage": "EmbeddingUsage",
            ".embedding_vector": "EmbeddingVector",
            ".error": "Error",
            ".error_detail": "ErrorDetail",
            ".finish_reason": "FinishReason",
            ".function_call": "FunctionCall",
            ".function_call_delta": "FunctionCallDelta",
            ".function_call_param": "FunctionCallParam",
            ".function_definition_param": "FunctionDefinitionParam",
            ".health": "Health",
            ".health_status": "HealthStatus",
            ".image_part_param": "ImagePartParam",
            ".image_url_detail": "ImageUrlDetail",
            ".image_url_param": "ImageUrlParam",
            ".json_object_format_param": "JsonObjectFormatParam",
            ".json_schema_format_param": "JsonSchemaFormatParam",
            ".json_schema_param": "JsonSchemaParam",
            ".logprobs": "Logprobs",
            ".model": "Model",
            ".model_list": "ModelList",
            ".named_function_param": "NamedFunctionParam",
            ".named_tool_choice_param": "NamedToolChoiceParam",
            ".prompt_tokens_details": "PromptTokensDetails",
            ".provider": "Provider",
            ".provider_list": "ProviderList",
            ".provider_status": "ProviderStatus",
            ".reasoning_effort": "ReasoningEffort",
            ".refusal_part_param": "RefusalPartParam",
            ".response_format_param": "ResponseFormatParam",
            ".role": "Role",
            ".stop_param": "StopParam",
            ".stream_options_param": "StreamOptionsParam",
            ".system_message_param": "SystemMessageParam",
            ".text_content_param": "TextContentParam",
            ".text_format_param": "TextFormatParam",
            ".text_input_item_param": "TextInputItemParam",
            ".text_input_param": "TextInputParam",
            ".text_part_param": "TextPartParam",
            ".token_logprob": "TokenLogprob",
            ".tool_call": "ToolCall",
            ".tool_call_delta": "ToolCallDelta",
            ".tool_call_param": "ToolCallParam",
            ".tool_choice_mode": "ToolChoiceMode",
            ".tool_choice_param": "ToolChoiceParam",
            ".tool_message_param": "ToolMessageParam",
            ".tool_param": "ToolParam",
            ".top_logprob": "TopLogprob",
            ".usage": "Usage",
            ".user_content_param": "UserContentParam",
            ".user_message_param": "UserMessageParam",
            ".version": "Version",
        },
    )
