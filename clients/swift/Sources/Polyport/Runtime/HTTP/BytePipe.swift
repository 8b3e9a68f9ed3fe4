import Foundation

/// A bounded buffer between a callback that cannot wait and a reader that can.
///
/// The writer is never slowed down: on Linux a URLSession task that is suspended drops its connection. A reader that
/// falls behind by more than `limit` bytes gets an error instead.
final class BytePipe: @unchecked Sendable {
    // @unchecked: all state below is touched only while `lock` is held.
    private let lock = NSLock()
    private let limit: Int
    private var chunks: [Data] = []
    private var size = 0
    private var end: Result<Void, any Error>?
    private var reader: CheckedContinuation<Data?, any Error>?

    init(limit: Int) { self.limit = limit }

    /// Adds bytes. False when there is no room; the pipe has then failed.
    func write(_ data: Data) -> Bool {
        let waiting: CheckedContinuation<Data?, any Error>? = lock.withLock {
            if let reader, end == nil {
                self.reader = nil
                return reader
            }
            guard end == nil else { return nil }
            chunks.append(data)
            size += data.count
            return nil
        }
        waiting?.resume(returning: data)
        guard lock.withLock({ size > limit }) else { return true }
        finish(.failure(APIConnectionError("the reader fell more than \(limit) bytes behind")))
        return false
    }

    /// Ends it; bytes that are already in it are read first. Only the first end counts.
    func finish(_ result: Result<Void, any Error>) {
        let waiting: CheckedContinuation<Data?, any Error>? = lock.withLock {
            if end == nil { end = result }
            defer { reader = nil }
            return reader
        }
        waiting?.resume(with: result.map { nil })
    }

    /// The next bytes, or nil at the end.
    func read() async throws -> Data? {
        try await withCheckedThrowingContinuation { continuation in
            let ready: Result<Data?, any Error>? = lock.withLock {
                if !chunks.isEmpty {
                    let all = chunks.count == 1 ? chunks[0] : Data(chunks.joined())
                    chunks.removeAll(keepingCapacity: true)
                    size = 0
                    return .success(all)
                }
                if let end { return end.map { nil } }
                guard reader == nil else { return .failure(APIError("a stream has one reader at a time")) }
                reader = continuation
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
    }
}
