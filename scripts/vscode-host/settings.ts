/** User settings of the window: nothing that talks, updates or moves, and a font that the machine has. */
export const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.editor.enablePreview': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'window.restoreWindows': 'none',
  'files.hotExit': 'off',
  // In a browser it is on, unlike on a desktop.
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
  'editor.fontFamily': "'DejaVu Sans Mono'",
  'editor.cursorBlinking': 'solid',
} as const;

export type Settings = Readonly<Record<string, unknown>>;
