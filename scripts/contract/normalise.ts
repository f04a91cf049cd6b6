/**
 * What cannot be equal is mapped: guids to their order of appearance; times, sizes, process numbers and what is named as an example
 * to words. Nothing and something stay apart: `0` and `0B` are kept.
 */
export function normaliser(): (text: string) => string {
  const guids = new Map<string, string>();
  return (text) =>
    text
      .replaceAll(/^bash: line .*\n/gm, '')
      // A send that takes longer than a second tells how far it is.
      .replaceAll(/^\d\d:\d\d:\d\d\s+\S+\s+\S+@\S+\n/gm, '')
      .replaceAll(/^ +\d+ (?:Aborted|Broken pipe).*\n/gm, '')
      .replaceAll(/\b1-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+/g, '<token>')
      .replaceAll(/\b0x[0-9a-f]+/g, '<hex>')
      .replaceAll(/\b\d{12,20}\b/g, (guid) => {
        const known = guids.get(guid) ?? `<guid ${guids.size + 1}>`;
        guids.set(guid, known);
        return known;
      })
      .replaceAll(/received \S+ stream in \S+ seconds \(\S+\/sec\)/g, 'received <stream>')
      .replaceAll(/\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [ \d]\d:\d\d \d{4}\b/g, '<time>')
      .replaceAll(/\(eg\. \S+@\S+\)/g, '(eg. <snapshot>)')
      .replaceAll(/\brecv-\d+-/g, 'recv-<pid>-')
      .replaceAll(/\b\d+(?:\.\d+)?[KMGTPE]\b/g, '<size>')
      .replaceAll(/\b[1-9]\d{3,}\b/g, '<number>')
      .replaceAll(/ {2,}/g, '  ')
      .replaceAll(/ +$/gm, '');
}
