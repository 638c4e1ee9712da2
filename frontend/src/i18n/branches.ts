export interface MessageTree {
  [key: string]: string | MessageTree
}

/** Every file `<area>.json` is the branch `<area>` of its language. */
export function branches(files: Record<string, MessageTree>): MessageTree {
  const tree: MessageTree = {}
  for (const [path, messages] of Object.entries(files)) {
    const [, area] = /(\w+)\.json$/.exec(path) ?? []
    if (area) tree[area] = messages
  }
  return tree
}
