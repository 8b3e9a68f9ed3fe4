import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request on its way and its answer as it arrives.
final class HTTPExchange: @unchecked Sendable {
    // @unchecked: `head` and `state` are touched only while `lock` is held; the rest is constant.
    private enum State {
        case waiting(CheckedContinuation<TransportResponse, any Error>?)
        case answered
        case failed(any Error)
    }

    let task: URLSessionDataTask
    private let pipe: BytePipe
    // Held as long as the request may be sent, since it may own a temporary file.
    private let payload: RequestPayload
    private let lock = NSLock()
    private var state = State.waiting(nil)

    init(task: URLSessionDataTask, bufferLimit: Int, payload: RequestPayload) {
        self.task = task
        self.payload = payload
        pipe = BytePipe(limit: bufferLimit)
    }

    /// Sends the request and waits for the beginning of the answer. When the caller is cancelled, the socket closes.
    func start() async throws -> TransportResponse {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let failure: (any Error)? = lock.withLock {
                    if case .failed(let error) = state { return error }
                    state = .waiting(continuation)
                    return nil
                }
                if let failure { continuation.resume(throwing: failure) } else { task.resume() }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Closes the connection. Whoever waits gets a `CancellationError`.
    func cancel() {
        finish(throwing: CancellationError())
        task.cancel()
    }

    /// The status and headers have come.
    func received(_ response: HTTPURLResponse) {
        var headers = HTTPHeaders()
        for (name, value) in response.allHeaderFields { headers["\(name)"] = "\(value)" }
        // The stream holds this exchange, and letting go of the stream closes the connection.
        let body = ByteStream(
            read: { [self] in
                try await withTaskCancellationHandler {
                    try await pipe.read()
                } onCancel: {
                    cancel()
                }
            },
            close: { [self] in cancel() })
        let waiting: CheckedContinuation<TransportResponse, any Error>? = lock.withLock {
            guard case .waiting(let continuation) = state else { return nil }
            state = .answered
            return continuation
        }
        waiting?.resume(
            returning: TransportResponse(
                status: response.statusCode, headers: headers, body: .bytes(body), url: task.originalRequest?.url))
    }

    /// A part of the body has come.
    func received(_ data: Data) {
        if !pipe.write(data) { task.cancel() }
    }

    /// The answer is complete (nil), or it never will be.
    func finish(throwing error: (any Error)?) {
        let waiting: CheckedContinuation<TransportResponse, any Error>? = lock.withLock {
            guard case .waiting(let continuation) = state else { return nil }
            state = .failed(error ?? URLError(.badServerResponse))
            return continuation
        }
        waiting?.resume(throwing: error ?? URLError(.badServerResponse))
        pipe.finish(error.map { .failure($0) } ?? .success(()))
    }
}

/// Hands what URLSession reports to the exchange it belongs to.
final class SessionDelegate: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    // @unchecked: `exchanges` is touched only while `lock` is held.
    private let lock = NSLock()
    private var exchanges: [Int: HTTPExchange] = [:]

    func add(_ exchange: HTTPExchange) {
        lock.withLock { exchanges[exchange.task.taskIdentifier] = exchange }
    }

    func remove(_ exchange: HTTPExchange) {
        lock.withLock { exchanges[exchange.task.taskIdentifier] = nil }
    }

    private func exchange(of task: URLSessionTask) -> HTTPExchange? {
        lock.withLock { exchanges[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse { exchange(of: dataTask)?.received(response) }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        exchange(of: dataTask)?.received(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let exchange = lock.withLock { exchanges.removeValue(forKey: task.taskIdentifier) }
        exchange?.finish(throwing: error.map { APIConnectionError($0.localizedDescription, underlying: $0) })
    }

    /// The transport follows redirects itself.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
