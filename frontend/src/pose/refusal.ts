/** What the server refused, in words for the athlete. */
import type { QueuedWrite, Refusal } from './outboxStore'

export interface ParkedWrite extends Refusal {
  id: number
  label: string
}

export function describe({ id, label, refusal }: QueuedWrite): ParkedWrite {
  return {
    id,
    label,
    status: refusal?.status ?? 0,
    code: refusal?.code ?? '',
    message: refusal?.message ?? '',
  }
}

/** Of an answer in the API's error shape, or of whatever stands between. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as {
    error?: { code?: string; message?: string }
  } | null
  return {
    status: response.status,
    code: body?.error?.code ?? `http_${response.status}`,
    message: body?.error?.message ?? `The server answered ${response.status}.`,
  }
}
