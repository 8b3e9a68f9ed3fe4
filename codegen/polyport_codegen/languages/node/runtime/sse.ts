/** One event as it came. */
export interface ServerSentEvent {
  /** Its name; `undefined` when it has none. */
  readonly event?: string | undefined;
  /** Its data, lines joined by line feeds. */
  readonly data: string;
  /** The last id that was seen; `undefined` when there was none. */
  readonly id?: string | undefined;
  /** The time to wait before connecting again that it says, in milliseconds. */
  readonly retry?: number | undefined;
}

/**
 * An incremental parser of event streams (WHATWG HTML, section 9.2.6) over bytes that may be cut anywhere: in the
 * middle of a character, of a CRLF, of a field.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder();
  #text = '';
  #afterCR = false;
  #event = '';
  #data: string[] = [];
  #id: string | undefined;
  #retry: number | undefined;

  /** The events that `bytes` completes. An event that the end of the stream cuts off is never given. */
  push(bytes: Uint8Array): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return events;
    if (this.#afterCR && text.startsWith('\n')) text = text.slice(1);
    this.#afterCR = text.endsWith('\r');
    // Only the new text is searched: a line that comes in many pieces costs no more than its length.
    const lines = text.split(/\r\n|\r|\n/);
    lines[0] = this.#text + (lines[0] ?? '');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const event = this.#line(line);
      if (event) events.push(event);
    }
    return events;
  }

  /** The data of the event that the end of the stream cuts off. */
  unfinished(): string {
    if (this.#text !== '') this.#line(this.#text);
    return this.#data.join('\n');
  }

  #line(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^[0-9]+$/.test(value)) this.#retry = Number(value);
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const { length } = this.#data;
    const event: ServerSentEvent = {
      ...(this.#event === '' ? {} : { event: this.#event }),
      data: this.#data.join('\n'),
      ...(this.#id === undefined ? {} : { id: this.#id }),
      ...(this.#retry === undefined ? {} : { retry: this.#retry }),
    };
    this.#event = '';
    this.#retry = undefined;
    this.#data = [];
    return length > 0 ? event : undefined;
  }
}

/** An incremental splitter of newline-delimited JSON; blank lines are skipped. */
export class LineParser {
  readonly #decoder = new TextDecoder();
  #text = '';

  push(bytes: Uint8Array): string[] {
    const lines = this.#decoder.decode(bytes, { stream: true }).split('\n');
    lines[0] = this.#text + (lines[0] ?? '');
    this.#text = lines.pop() ?? '';
    return lines.filter((line) => line.trim() !== '');
  }

  /** The last line, which needs no newline. */
  end(): string[] {
    const line = this.#text + this.#decoder.decode();
    this.#text = '';
    return line.trim() === '' ? [] : [line];
  }
}
