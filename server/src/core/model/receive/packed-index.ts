/** Which dataset of a package has a snapshot: asked for every snapshot of a target, so it is looked up and not searched. */
import type { PackageRecord, PackedDataset } from '../stream';

export interface PackedIndex {
  readonly header: PackageRecord;
  /** The guid of a snapshot → the place of its dataset in the package; of several, the first. */
  readonly places: ReadonlyMap<string, number>;
}

export function indexPackage(header: PackageRecord): PackedIndex {
  const places = new Map<string, number>();
  for (const [place, { snapshots }] of (header.datasets ?? []).entries())
    for (const { guid } of snapshots) if (!places.has(guid)) places.set(guid, place);
  return { header, places };
}

export const packedWith = ({ header, places }: PackedIndex, guid: string): PackedDataset | undefined =>
  header.datasets?.[places.get(guid) ?? -1];

/** The first dataset of the package that has one of these snapshots. */
export function packedWithAny(
  { header, places }: PackedIndex,
  snapshots: readonly { readonly guid: string }[],
): PackedDataset | undefined {
  const first = snapshots.reduce((least, { guid }) => Math.min(least, places.get(guid) ?? Infinity), Infinity);
  return header.datasets?.[first];
}
