const WRITING = new Set(["open", "write", "rename", "mkdir", "fsync", "unlink"]);

/** Why the system did not let a file be written (`EROFS`); null where the error is of another kind. */
export function writeRefusal(error: unknown): string | null {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return null;
  return WRITING.has(String(error.syscall)) ? String(error.code) : null;
}
