package ai.polyport.core

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CompletableFuture
import java.util.function.Consumer

/**
 * Calls for Java, whose lambdas can stand for Kotlin's `suspend` functions:
 *
 * ```java
 * Page<Model, ModelList> page = JavaBridge.blocking(c -> client.getModels().list(c));
 * ```
 */
public object JavaBridge {
    /**
     * A value of one of the package's types from JSON or what stands for it (see [jsonOf]): `value(Role.Companion, "user")`.
     * Java, which makes no Kotlin value classes, gets its enums here where a string or number will not do: in lists.
     */
    @JvmStatic
    public fun <T> value(
        type: Codec<T>,
        json: Any?,
    ): T = type.decodeNamed(jsonOf(json), "the value")

    /** Makes a call and waits for its result; interrupting the thread cancels the call. */
    @JvmStatic
    public fun <T> blocking(call: suspend () -> T): T = runBlocking { call() }

    /** Makes a call whose result comes later; cancelling the future cancels the call. */
    @JvmStatic
    public fun <T> async(call: suspend () -> T): CompletableFuture<T> = CoroutineScope(Dispatchers.Default).future { call() }

    /** Hands every value of a stream to [each] and waits for its end. An exception from [each] closes the stream. */
    @JvmStatic
    public fun <T> forEach(
        stream: Flow<T>,
        each: Consumer<in T>,
    ) {
        runBlocking { stream.collect { each.accept(it) } }
    }

    /** Hands every value of a stream to [each] as it comes; cancelling the future closes the stream. */
    @JvmStatic
    public fun <T> forEachAsync(
        stream: Flow<T>,
        each: Consumer<in T>,
    ): CompletableFuture<Void?> =
        CoroutineScope(Dispatchers.Default).future {
            stream.collect { each.accept(it) }
            null
        }
}
