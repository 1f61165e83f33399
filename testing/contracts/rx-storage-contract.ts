import fc from "fast-check";
import {
  getChangedDocumentsSince,
  getQueryMatcher,
  getSortComparator,
  normalizeMangoQuery,
  now,
  prepareQuery,
  randomToken,
  type BulkWriteRow,
  type MangoQuery,
  type PreparedQuery,
  type RxDocumentData,
  type RxStorage,
  type RxStorageInstance,
} from "rxdb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  insertOf,
  queries,
  sample,
  samples,
  sampleSchema,
  stored,
  type Sample,
} from "./rx-storage-documents.ts";

type Instance = RxStorageInstance<Sample, unknown, never, { id: string; lwt: number }>;
export type OpenStorage = { storage: RxStorage<unknown, never>; close(): Promise<void> };

/** What RxDB and Ringside expect of a storage. Runs on ours and on RxDB's own, so that the suite is checked too. */
export function describeRxStorageContract(name: string, open: () => Promise<OpenStorage>): void {
  describe(`${name} keeps the RxStorage contract`, () => {
    let opened: OpenStorage;
    let instance: Instance;
    let databaseName = "";

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      databaseName = randomToken(10);
      instance = await openCollection("leads");
    });

    async function openCollection(collectionName: string, version = 0, database = databaseName) {
      return (await opened.storage.createStorageInstance({
        databaseInstanceToken: randomToken(10),
        databaseName: database,
        collectionName,
        schema: { ...sampleSchema, version } as never,
        options: {} as never,
        multiInstance: false,
        devMode: false,
      })) as unknown as Instance;
    }

    async function write(rows: BulkWriteRow<Sample>[], to = instance) {
      return (await to.bulkWrite(rows, "contract")).error;
    }

    async function insert(...list: Sample[]): Promise<RxDocumentData<Sample>[]> {
      const documents = list.map((one) => stored(one));
      expect(await write(documents.map(insertOf))).toEqual([]);
      return documents;
    }

    async function ask(query: MangoQuery<Sample>): Promise<Sample[]> {
      return (await instance.query(prepare(query))).documents;
    }

    describe("writing", () => {
      test("a document comes back as it was written, whatever its texts hold", async () => {
        const odd = `'"\\ \n\t%_{}, É 漢 😀 \u2028 \u0001 \\u0000 \\ud800`;
        const [document] = await insert(
          sample("a", {
            name: odd,
            nick: null,
            custom: { [odd]: [odd, { n: 0.1, big: 1e21, small: 5e-324 }] },
          }),
        );
        expect(await instance.findDocumentsById(["a"], false)).toEqual([document]);
      });

      test("ids may hold anything too", async () => {
        const ids = ["a,b", 'a"b', "a\\b", "a\nb", "{a}", "NULL", "null", "a|b"];
        await insert(...ids.map((id) => sample(id)));
        const found = await instance.findDocumentsById(ids, false);
        expect(found.map(({ id }) => id)).toEqual(ids);
      });

      test("marks that plugins leave in _meta stay", async () => {
        const document = stored(sample("a"));
        const marked = { ...document, _meta: { ...document._meta, "my-replication": 3 } };
        await write([insertOf(marked)]);
        expect(await instance.findDocumentsById(["a"], false)).toEqual([marked]);
      });

      test("a second insert of an id is a conflict that shows what stands there", async () => {
        const [first] = await insert(sample("a"));
        const [conflict] = await write([insertOf(stored(sample("a", { name: "other" })))]);
        expect(conflict).toMatchObject({ status: 409, documentId: "a", documentInDb: first });
      });

      test("an update needs the revision that stands there; its neighbours in the bulk are written", async () => {
        const [a, b] = (await insert(sample("a"), sample("b"))) as [
          RxDocumentData<Sample>,
          RxDocumentData<Sample>,
        ];
        const errors = await write([
          { previous: { ...a, _rev: "1-stale" }, document: stored(sample("a", { name: "lost" }), 2) },
          { previous: b, document: stored(sample("b", { name: "new" }), 2) },
          insertOf(stored(sample("c"))),
        ]);
        expect(errors).toMatchObject([{ status: 409, documentId: "a", documentInDb: { _rev: a._rev } }]);
        const names = (await instance.findDocumentsById(["a", "b", "c"], false)).map((doc) => doc.name);
        expect(names).toEqual(["name a", "new", "name c"]);
      });

      test("an update of a document that was cleaned up meanwhile writes it again", async () => {
        const previous = stored(sample("a"));
        expect(await write([{ previous, document: stored(sample("a", { name: "back" }), 2) }])).toEqual([]);
        expect(await instance.findDocumentsById(["a"], false)).toMatchObject([{ name: "back" }]);
      });

      test("a deleted document is found only by those who ask for deleted ones", async () => {
        const [previous] = await insert(sample("a"));
        const document = stored(sample("a"), 2, true);
        await write([{ previous: previous as RxDocumentData<Sample>, document }]);
        expect(await instance.findDocumentsById(["a"], false)).toEqual([]);
        expect(await instance.findDocumentsById(["a"], true)).toEqual([document]);
        expect(await ask({ selector: { _deleted: { $eq: false } } as never })).toEqual([]);
      });

      test("a bulk of thousands is one bulk", async () => {
        const list = Array.from({ length: 3_000 }, (_, index) => sample(`id-${index}`));
        await insert(...list);
        expect(await instance.count(prepare({ selector: {} }))).toMatchObject({ count: 3_000 });
        expect(await write(list.map((one) => insertOf(stored(one))))).toHaveLength(3_000);
      });
    });

    describe("changes", () => {
      test("each bulk is one event with what was written, and nothing of what was refused", async () => {
        const bulks: { operation: string; documentId: string }[][] = [];
        const subscription = instance.changeStream().subscribe(({ events, context }) => {
          expect(context).toBe("contract");
          bulks.push(events.map(({ operation, documentId }) => ({ operation, documentId })));
        });
        const [a] = (await insert(sample("a"), sample("b"))) as [RxDocumentData<Sample>];
        const changed = stored(sample("a", { name: "new" }), 2);
        await write([{ previous: a, document: changed }, insertOf(stored(sample("b")))]);
        await write([{ previous: changed, document: stored(sample("a"), 3, true) }]);
        await write([insertOf(stored(sample("b")))]);
        subscription.unsubscribe();
        expect(bulks).toEqual([
          [
            { operation: "INSERT", documentId: "a" },
            { operation: "INSERT", documentId: "b" },
          ],
          [{ operation: "UPDATE", documentId: "a" }],
          [{ operation: "DELETE", documentId: "a" }],
        ]);
      });

      test("two instances of a collection hear each other", async () => {
        const other = await openCollection("leads");
        const heard: string[] = [];
        other
          .changeStream()
          .subscribe(({ events }) => heard.push(...events.map((event) => event.documentId)));
        await insert(sample("a"));
        await other.close();
        await insert(sample("b"));
        expect(heard).toContain("a");
        expect(await instance.findDocumentsById(["b"], false)).toHaveLength(1);
      });

      test("reading changes page by page misses none and repeats none, also within one bulk", async () => {
        const list = Array.from({ length: 25 }, (_, index) => sample(`id-${index}`));
        const lwt = now();
        await write(list.map((one) => insertOf({ ...stored(one), _meta: { lwt } })));
        const late = stored(sample("late"));
        await write([insertOf({ ...late, _meta: { lwt: lwt + 1 } })]);
        const seen: string[] = [];
        let checkpoint: { id: string; lwt: number } | undefined;
        for (let page = 0; page < 9; page++) {
          const changes = await getChangedDocumentsSince(instance, 4, checkpoint);
          seen.push(...changes.documents.map(({ id }) => id));
          ({ checkpoint } = changes);
        }
        expect(seen.toSorted()).toEqual([...list.map(({ id }) => id), "late"].toSorted());
        expect(seen.at(-1)).toBe("late");
      });
    });

    describe("queries", () => {
      test("any query finds what RxDB's matcher finds, in RxDB's order", async () => {
        let found = 0;
        await fc.assert(
          fc.asyncProperty(
            samples,
            fc.array(queries, { minLength: 8, maxLength: 8 }),
            async (list, asked) => {
              databaseName = randomToken(10);
              instance = await openCollection("random");
              await insert(...list);
              for (const query of asked) {
                const expected = expectedOf(list, query);
                found += expected.length;
                expect({ query, found: idsOf(await ask(query)) }).toEqual({ query, found: idsOf(expected) });
              }
              await instance.remove();
            },
          ),
          { numRuns: 60 },
        );
        expect(found).toBeGreaterThan(200);
      });

      test("a count is the length of the query's answer", async () => {
        await insert(...Array.from({ length: 20 }, (_, index) => sample(`id-${index}`, { score: index })));
        const query: MangoQuery<Sample> = { selector: { score: { $gte: 5 } } };
        expect(await instance.count(prepare(query))).toEqual({ count: 15, mode: "fast" });
        expect(await ask(query)).toHaveLength(15);
      });

      test("a limit of nothing finds nothing", async () => {
        await insert(sample("a"));
        expect(await ask({ selector: {}, limit: 0 })).toEqual([]);
      });
    });

    describe("life", () => {
      test("cleanup forgets what was deleted long ago, and nothing else", async () => {
        const [a, b] = (await insert(sample("a"), sample("b"), sample("c"))) as RxDocumentData<Sample>[];
        const old = { ...stored(sample("a"), 2, true), _meta: { lwt: now() - 10_000 } };
        const recent = { ...stored(sample("b"), 2, true), _meta: { lwt: now() } };
        await write([
          { previous: a as RxDocumentData<Sample>, document: old },
          { previous: b as RxDocumentData<Sample>, document: recent },
        ]);
        expect(await instance.cleanup(5_000)).toBe(true);
        const left = await instance.findDocumentsById(["a", "b", "c"], true);
        expect(left.map(({ id }) => id)).toEqual(["b", "c"]);
      });

      test("collections, versions and databases are apart, whatever their names", async () => {
        const long = "rx-replication-meta-".repeat(5);
        const others = await Promise.all([
          openCollection("leads", 1),
          openCollection("leads_v0"),
          openCollection(`${long}a`),
          openCollection(`${long}b`),
          openCollection('od"d %name'),
          openCollection("leads", 0, `${databaseName}-2`),
        ]);
        await insert(sample("a"));
        for (const other of others) expect(await other.findDocumentsById(["a"], true)).toEqual([]);
        for (const other of others) await write([insertOf(stored(sample("a")))], other);
        expect(await instance.count(prepare({ selector: {} }))).toMatchObject({ count: 1 });
      });

      test("what was removed is gone when it is made again", async () => {
        await insert(sample("a"));
        await instance.remove();
        instance = await openCollection("leads");
        expect(await instance.findDocumentsById(["a"], true)).toEqual([]);
      });
    });
  });
}

export function prepare(query: MangoQuery<Sample>): PreparedQuery<Sample> {
  return prepareQuery(sampleSchema, normalizeMangoQuery(sampleSchema, structuredClone(query)));
}

function expectedOf(list: readonly Sample[], query: MangoQuery<Sample>): Sample[] {
  const filled = normalizeMangoQuery(sampleSchema, structuredClone(query));
  const matches = getQueryMatcher(sampleSchema, filled);
  const living = list.map((one) => ({ ...one, _deleted: false }) as RxDocumentData<Sample>);
  const sorted = living.filter(matches).toSorted(getSortComparator(sampleSchema, filled) as never);
  return sorted.slice(filled.skip, filled.skip + (filled.limit ?? Number.POSITIVE_INFINITY));
}

function idsOf(list: readonly Sample[]): string[] {
  return list.map(({ id }) => id);
}
