/** A socket for tests that opens, speaks and drops when it is told to. */
export class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  closed = false

  constructor(readonly url: string) {}

  open(): void {
    this.onopen?.()
  }

  say(data: unknown): void {
    this.onmessage?.({ data })
  }

  drop(): void {
    this.onclose?.()
  }

  close(): void {
    this.closed = true
    this.onclose?.()
  }
}
