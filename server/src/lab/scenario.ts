import type { Link } from './link';

/** How a lab begins, as data: what was typed on its hosts before anybody looked. */
export interface LabScenario {
  readonly name: string;
  /** One sentence: what is there to see. */
  readonly summary: string;
  readonly pools?: { readonly source: number; readonly target: number };
  /** Lines of the lab's shell, each with the host that it is typed on; a stream goes over by `send … | receive …`. */
  readonly lines: readonly ScenarioLine[];
  readonly links?: { readonly source?: Link; readonly target?: Link };
  /** What the policy says of the transport, as YAML. */
  readonly transport?: string;
}

export type ScenarioLine =
  | { readonly host: 'source' | 'target'; readonly type: string }
  /** From the source to the target; of a stream that was cut only so many bytes arrive. */
  | { readonly send: string; readonly receive: string; readonly bytes?: number };
