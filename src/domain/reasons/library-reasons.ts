/** What TLS, zlib, JSON and the client of HTTP say by themselves; it stands inside a reason as its cause. */
export const LIBRARY_REASONS = {
  // certificates
  "tls-self-signed": "self-signed certificate",
  "tls-self-signed-chain": "self-signed certificate in certificate chain",
  "tls-expired": "certificate has expired",
  "tls-ahead": "certificate is not yet valid",
  "tls-issuer-unknown": "unable to get local issuer certificate",
  "tls-chain-short": "unable to verify the first certificate",
  "tls-other-name": "Hostname/IP does not match certificate's altnames: {message}",
  "tls-no-tls": "wrong version number",
  "tls-handshake": "sslv3 alert handshake failure",
  "tls-version": "tlsv1 alert protocol version",
  "tls-version-unsupported": "unsupported protocol",
  "tls-name-unrecognized": "tlsv1 unrecognized name",
  "tls-cut": "Client network socket disconnected before secure TLS connection was established",
  // compression
  "zlib-header": "incorrect header check",
  "zlib-block": "invalid block type",
  "zlib-lengths": "invalid stored block lengths",
  "zlib-distance": "invalid distance too far back",
  "zlib-check": "incorrect data check",
  "zlib-end": "unexpected end of file",
  "brotli-failed": "Decompression failed",
  // JSON
  "json-name-missing": "Expected property name or '}' in JSON at position {count}",
  "json-name-missing-place": "Expected property name or '}' in JSON at position {count} (line {most} column {column})",
  "json-joint-missing": "Expected ',' or ']' after array element in JSON at position {count}",
  "json-joint-missing-place":
    "Expected ',' or ']' after array element in JSON at position {count} (line {most} column {column})",
  "json-unexpected": "Unexpected token {message} is not valid JSON",
  "json-end": "Unexpected end of JSON input",
  // HTTP
  "http-malformed": "Response does not match the HTTP/1.1 protocol ({message})",
  // documents
  "parser-ending": "it did not come to an end",
  "parser-brackets": "it would not come to an end over a text of brackets that never close",
  "parser-prefixes": "namespaces stand under unusual prefixes",
} as const;
