/** Hosts to try things on without ZFS: the model behind real SSH servers. */
export { startLab } from './lab';
export type { Executed, HostName, Lab } from './lab';
export type { LabScenario } from './scenario';
export { SCENARIOS } from './scenarios';
