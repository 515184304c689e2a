import { expect, test } from "vitest";
import { redisAdvice } from "../../src/queues/redis-advice.ts";

const info = (policy: string, aof: string): string =>
  `# Memory\r\nused_memory:1000\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${aof}\r\n`;

test("a Redis as it should be needs no advice", () => {
  expect(redisAdvice(info("noeviction", "1"))).toEqual([]);
});

test("an evicting Redis is told of by its policy and what to set", () => {
  expect(redisAdvice(info("allkeys-lru", "1"))).toEqual([
    "Redis may evict jobs when its memory is full (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction",
  ]);
});

test("a Redis without its append-only file is told of", () => {
  expect(redisAdvice(info("noeviction", "0"))[0]).toContain("appendonly yes");
});

test("a server that hides these lines gets no advice", () => {
  expect(redisAdvice("redis_version:7.0.0\r\n")).toEqual([]);
});
