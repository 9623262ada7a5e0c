import { readFileSync } from 'node:fs';

/** Resident memory of a process; null where the system does not say. */
export function memoryBytes(pid: number | null): number | null {
  if (pid === null) return null;

  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? null : Number(line[1]) * 1024;
  } catch {
    return null;
  }
}
