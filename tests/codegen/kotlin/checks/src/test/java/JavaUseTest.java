import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.polyport.Polyport;
import ai.polyport.core.JavaBridge;
import ai.polyport.models.AssistantMessage;
import ai.polyport.models.ChatCompletion;
import ai.polyport.models.ChatMessage;
import ai.polyport.models.Role;
import ai.polyport.models.ToolMessage;
import ai.polyport.models.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import org.junit.jupiter.api.Test;

/** The SDK from Java, by its bridge. */
class JavaUseTest {
    private static Polyport client(FakeTransport.Answer answer) {
        return new Polyport(options -> {
            options.setTransport(new FakeTransport(answer));
            return Unit.INSTANCE;
        });
    }

    private static FakeTransport.Answer answer(String text, List<String> events) {
        return new FakeTransport.Answer(text, 200, Map.of(), events, null);
    }

    @Test
    void callsBlockOrComeLater() throws Exception {
        var client = client(answer("{\"choices\":[{\"message\":{\"content\":\"Paris\"}}]}", List.of()));
        List<ChatMessage> messages = List.of(UserMessage.of("Hi"));
        ChatCompletion reply = JavaBridge.blocking(c -> client.getChat().getCompletions().create("m", messages, c));
        assertEquals("Paris", reply.getChoices().get(0).getMessage().getContent());
        CompletableFuture<ChatCompletion> later = JavaBridge.async(c -> client.getChat().getCompletions().create("m", messages, c));
        assertEquals(reply, later.get());
    }

    @Test
    void valuesAreMadeAndKept() {
        ChatMessage message = AssistantMessage.of();
        assertEquals("{\"role\":\"assistant\"}", message.toJson().toString());
        Role role = JavaBridge.value(Role.Companion, "newer");
        assertEquals("newer", role.getValue());
        ChatMessage other = JavaBridge.value(ChatMessage.Companion, Map.of("role", "tool", "content", "c", "tool_call_id", "t"));
        assertEquals("t", ((ToolMessage) other).getToolCallId());
        ChatCompletion reply = ChatCompletion.Companion.fromJson("{\"choices\":[{\"index\":0}]}");
        assertThrows(UnsupportedOperationException.class, () -> reply.getChoices().clear());
    }

    @Test
    void streamsAreHandedOver() {
        var client = client(answer("", List.of("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", "[DONE]")));
        var seen = new ArrayList<String>();
        var stream = client.getChat().getCompletions().createStreaming("m", List.of(UserMessage.of("Hi")));
        JavaBridge.forEach(stream, chunk -> seen.add(chunk.getChoices().get(0).getDelta().getContent()));
        assertEquals(List.of("a"), seen);
    }
}
