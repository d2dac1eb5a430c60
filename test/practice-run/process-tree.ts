import { readdirSync, readFileSync } from 'node:fs'

export interface RunningProcess {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every process of this Linux machine, with its whole command line; those that end meanwhile are left out. */
export function allProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }]
      } catch (gone) {
        if (gone instanceof Error && 'code' in gone && ['ENOENT', 'ESRCH'].includes(String(gone.code)))
          return []
        throw gone
      }
    })
}

/** A process and all that descend from it. */
export function treeOf(root: number, all: readonly RunningProcess[] = allProcesses()): RunningProcess[] {
  const children = all.filter(({ parent }) => parent === root)
  return [...all.filter(({ pid }) => pid === root), ...children.flatMap(({ pid }) => treeOf(pid, all))]
}
