import Foundation

/// Bytes as they arrive.
public typealias ByteStream = Inflow<Data>

/// Values as they arrive, for one reader. Letting go of it closes what they come from.
public final class Inflow<Element: Sendable>: AsyncSequence, Sendable {
    private let read: @Sendable () async throws -> Element?
    private let close: @Sendable () -> Void

    /// - Parameters:
    ///   - read: Gives the next value, or nil at the end.
    ///   - close: Stops whatever sends them; a reader that waits then gets an error. May be called several times, and
    ///     after the end.
    public init(read: @escaping @Sendable () async throws -> Element?, close: @escaping @Sendable () -> Void) {
        self.read = read
        self.close = close
    }

    /// The values of a stream, which ends when this is let go of.
    public convenience init(_ stream: AsyncThrowingStream<Element, any Error>) {
        let cursor = Cursor(stream.makeAsyncIterator())
        self.init(read: { try await cursor.next() }, close: { cursor.stop() })
    }

    deinit { close() }

    /// The next value, or nil at the end.
    public func next() async throws -> Element? { try await read() }

    /// Stops it before its end.
    public func cancel() { close() }

    public func makeAsyncIterator() -> Iterator { Iterator(inflow: self) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let inflow: Inflow
        public mutating func next() async throws -> Element? { try await inflow.next() }
    }

    private final class Cursor: @unchecked Sendable {
        // @unchecked: there is one reader of `iterator`, as the type says; the rest is touched only while `lock` is held.
        private var iterator: AsyncThrowingStream<Element, any Error>.Iterator
        private let lock = NSLock()
        private var isStopped = false
        private var reading: Task<Element?, any Error>?

        init(_ iterator: AsyncThrowingStream<Element, any Error>.Iterator) { self.iterator = iterator }

        /// A task of its own waits, so that the stream can be stopped from outside.
        func next() async throws -> Element? {
            let task = Task { try await advance() }
            let isStopped = lock.withLock {
                reading = task
                return self.isStopped
            }
            if isStopped { task.cancel() }
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }

        /// A stream whose task is cancelled gives nil, which is no end here.
        private func advance() async throws -> Element? {
            try Task.checkCancellation()
            if let value = try await iterator.next() { return value }
            try Task.checkCancellation()
            return nil
        }

        func stop() {
            let task = lock.withLock {
                isStopped = true
                return reading
            }
            task?.cancel()
        }
    }
}

extension Inflow where Element == Data {
    /// All bytes that are left.
    func collect() async throws -> Data {
        var all = Data()
        while let chunk = try await read() { all.append(chunk) }
        return all
    }
}
