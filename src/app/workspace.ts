// A workspace: the folder that documents are kept in, and the settings of the user.

import { defaultSettings, type Settings } from '#model/settings.ts'
import { openFolder } from '#store/folder.ts'
import { readSettings } from './settings.ts'

export type Workspace = { folder: string; settings: Settings }

/** Opens a workspace. A settings file that is named must exist; the usual one may be absent. */
export async function openWorkspace({
  folder,
  settingsFile,
  mustWrite = true,
}: {
  folder: string
  /** Path of `redoubt.yaml`, or undefined for the one in the current folder, if any. */
  settingsFile?: string | undefined
  mustWrite?: boolean
}): Promise<Workspace> {
  const settings =
    (await readSettings(settingsFile ?? 'redoubt.yaml', settingsFile !== undefined)) ?? defaultSettings
  if (mustWrite) await openFolder(folder)
  return { folder, settings }
}
