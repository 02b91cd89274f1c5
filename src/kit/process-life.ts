// Whether a process of this host lives, and which of those that had its id one after another.

import { readFile } from 'node:fs/promises'

/**
 * What no other process of that id has: the boot of the machine and the moment since when the process runs. Undefined when
 * none lives. One that was killed keeps its id until its parent has asked how it ended, and is dead all the same.
 * Where there is no /proc, only whether there is a process of that id can be told.
 */
export async function lifeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return isThere(pid) ? 'alive' : undefined
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in brackets may hold spaces and brackets.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === '' || 'ZXx'.includes(state)) return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  return `${boot.trim()} ${rest[18]}`
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
