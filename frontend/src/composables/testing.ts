/** A socket for tests that opens, speaks and drops when it is told to. */
export class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event?: { code: number }) => void) | null = null
  closed = false
  readonly sent: Record<string, unknown>[] = []

  constructor(readonly url: string) {}

  open(): void {
    this.onopen?.()
  }

  say(data: unknown): void {
    this.onmessage?.({ data })
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>)
  }

  drop(code = 1006): void {
    this.onclose?.({ code })
  }

  close(): void {
    this.closed = true
    this.onclose?.()
  }
}
