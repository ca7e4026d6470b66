/** Three decimals for a score in 0 … 1: `0.718`. */
export function formatScore(value: number): string {
  return value.toFixed(3);
}

/** A rank, with half ranks shown as such: `4`, `4.5`. */
export function formatRank(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** Four significant digits without trailing zeros: `2.314`, `0.0004`, `1.2e-7`. */
export function formatValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Seconds as a clock: `0:07`, `12:30`, `1:02:03`; `-:--` where unknown. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '-:--';
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Bytes in binary units: `128 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toPrecision(4))} ${units[power]}`;
}

/** Thousands apart: `1,234,567`. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}
