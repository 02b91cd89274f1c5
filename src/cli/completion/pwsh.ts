// The completion script for PowerShell: the table as JSON, and a block that looks things up in it.

import { type Entry, flagsWithValue, followersOf, lastWord, wordsOf } from './table.ts'

/** The script. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter */
export function pwshScript(table: readonly Entry[]): string {
  const everywhere = table.find(({ name }) => name === '')?.flags ?? []
  const commands = table.map((entry) => ({
    name: entry.name,
    words: [
      ...followersOf(table, entry.name).map((next) => ({ word: lastWord(next), about: next.about })),
      ...wordsOf(entry.argument).map((word) => ({ word, about: word })),
    ],
    flags: [...entry.flags, ...(entry.name === '' ? [] : everywhere)].flatMap(({ names, about, value }) =>
      names.map((word) => ({ word, about, values: wordsOf(value) })),
    ),
  }))
  // In a here-string that begins with a single quote nothing is replaced; only a line that begins with '@ would end it.
  const json = JSON.stringify({ withValue: flagsWithValue(table), commands })
  return `# Completion of redoubt for PowerShell. Load it with: redoubt completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName redoubt -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $table = ConvertFrom-Json @'
${json}
'@
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  $names = @($table.commands | ForEach-Object { $_.name })
  $at = ''
  $skip = $false
  foreach ($word in $words) {
    if ($skip) { $skip = $false; continue }
    if ($table.withValue -contains $word) { $skip = $true; continue }
    if ($word.StartsWith('-')) { continue }
    $longer = "$at $word".Trim()
    if ($names -contains $longer) { $at = $longer }
  }
  $here = $table.commands | Where-Object { $_.name -eq $at } | Select-Object -First 1
  $previous = if ($words.Count -gt 0) { $words[-1] } else { '' }
  $flag = $here.flags | Where-Object { $_.word -eq $previous } | Select-Object -First 1
  $choices = if ($skip) { $flag.values | ForEach-Object { @{ word = $_; about = $_ } } }
    elseif ($wordToComplete.StartsWith('-')) { $here.flags }
    else { $here.words }
  $choices | Where-Object { $_.word -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.word, $_.word, 'ParameterValue', $_.about)
  }
}
`
}
