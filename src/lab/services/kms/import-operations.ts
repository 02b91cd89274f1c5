// Imported key material, as far as it is a state of the key: it can be deleted, run out, and come back.

import type * as client from '@aws-sdk/client-kms'
import type { TaskHandler } from '#lab/agenda.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { materialId } from './materials.ts'
import { changeableKey, unsupported } from './own.ts'
import { demandState, notLeaving, setState } from './states.ts'

export const importOperations = {
  DeleteImportedKeyMaterial(input, context) {
    const key = changeableKey(context, input.KeyId, 'DeleteImportedKeyMaterial')
    // Wording: recorded for keys whose material AWS made.
    if (key.facts.Origin !== 'EXTERNAL')
      throw unsupported(`${key.arn} origin is ${key.facts.Origin} which is not valid for this operation.`)
    demandState(key, notLeaving)
    setState(context, key, 'PendingImport')
    return { KeyId: key.arn, KeyMaterialId: materialId(key, 0) }
  },
} satisfies Operations<typeof client>

/** `kms:material-expiry`: imported material runs out at its ValidTo. */
export const expireMaterial: TaskHandler = (id, happening) => {
  const key = happening.region.kms.keys.get(id)
  if (key?.facts.ValidTo?.getTime() !== happening.now) return
  if (key.facts.KeyState === 'Enabled' || key.facts.KeyState === 'Disabled')
    setState(happening, key, 'PendingImport')
}
