import {
  categorizeBulkWriteRows,
  getPrimaryFieldOfPrimaryKey,
  getQueryMatcher,
  getSortComparator,
  now,
  type BulkWriteRow,
  type EventBulk,
  type PreparedQuery,
  type RxDocumentData,
  type RxStorageBulkWriteResponse,
  type RxStorageChangeEvent,
  type RxStorageCountResult,
  type RxStorageDefaultCheckpoint,
  type RxStorageInstance,
  type RxStorageQueryResult,
} from "rxdb";
import type { Observable, Subject } from "rxjs";
import { arrayLiteral, type Run, type Statements } from "./statements.ts";
import { docColumns, readDoc, type StoredSchema } from "./table.ts";
import { translateQuery, type SqlQuery } from "./translate-query.ts";
import { createPreparer, insertRows, writeRows, type WritableRow } from "./write-rows.ts";

export type PGliteChange<RxDocType> = EventBulk<
  RxStorageChangeEvent<RxDocumentData<RxDocType>>,
  RxStorageDefaultCheckpoint
>;

/** What all open instances of one table share. */
export type SharedTable<RxDocType> = {
  /** Quoted, with its schema. */
  name: string;
  changes: Subject<PGliteChange<RxDocType>>;
  /** To be called before it is dropped. */
  forget(run: Run): Promise<void>;
  release(): void;
};

export type PGliteInternals = { statements: Statements; table: string };

const pageSize = 500;
const cleanupBatch = 1_000;

/** One collection in one table. RxDB asks for an object with these members, so it is a class. */
export class PGliteStorageInstance<RxDocType> implements RxStorageInstance<
  RxDocType,
  PGliteInternals,
  Record<string, never>,
  RxStorageDefaultCheckpoint
> {
  readonly options = {};
  readonly internals: PGliteInternals;
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: StoredSchema<RxDocType>;
  readonly #primaryPath: string;
  readonly #prepare: ReturnType<typeof createPreparer>;
  readonly #shared: SharedTable<RxDocType>;
  #closing: Promise<void> | undefined;
  readonly #running = new Set<Promise<unknown>>();

  constructor(
    address: { databaseName: string; collectionName: string; schema: StoredSchema<RxDocType> },
    statements: Statements,
    shared: SharedTable<RxDocType>,
  ) {
    this.databaseName = address.databaseName;
    this.collectionName = address.collectionName;
    this.schema = address.schema;
    this.internals = { statements, table: shared.name };
    this.#primaryPath = getPrimaryFieldOfPrimaryKey(address.schema.primaryKey);
    this.#prepare = createPreparer(this.#primaryPath);
    this.#shared = shared;
  }

  /** Two rows of one bulk with the same id: the first is written, the second is a conflict. */
  async bulkWrite(
    rows: BulkWriteRow<RxDocType>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    const response: RxStorageBulkWriteResponse<RxDocType> = { error: [] };
    for (const round of splitRepeatedIds(this.#prepare(rows))) {
      const { error } = await this.#exclusive((run) => this.#writeRound(run, round, context));
      response.error.push(...error);
    }
    return response;
  }

  async #writeRound(
    run: Run,
    rows: readonly WritableRow<RxDocType>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    const standing = await this.#write(run, rows);
    const { errors, eventBulk, newestRow } = categorizeBulkWriteRows<RxDocType>(
      this,
      this.#primaryPath as never,
      standing as never,
      rows.map(({ source }) => source),
      context,
    );
    // Emitted before anyone else may write: listeners hear of changes in the order of the table.
    if (eventBulk.events.length > 0 && newestRow) {
      this.#shared.changes.next({ ...eventBulk, checkpoint: this.#checkpointOf(newestRow.document) });
    }
    return { error: errors };
  }

  /**
   * An update of a document that is gone (cleaned up meanwhile) becomes an insert, as in RxDB's own storages.
   * @returns the documents that stood there before, by id: those of the updates, and those in the way
   */
  async #write(
    run: Run,
    rows: readonly WritableRow<RxDocType>[],
  ): Promise<Map<string, RxDocumentData<RxDocType>>> {
    const refused = await writeRows(run, this.#shared.name, rows);
    const standing = refused.size > 0 ? await this.#findByIds(run, [...refused]) : new Map();
    const gone = rows.filter(({ id }) => refused.has(id) && !standing.has(id));
    if (gone.length > 0) await insertRows(run, this.#shared.name, gone);
    for (const { id, source } of rows) {
      if (source.previous && !refused.has(id)) standing.set(id, source.previous);
    }
    return standing;
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<RxDocType>[]> {
    const found = await this.#exclusive((run) => this.#findByIds(run, ids));
    return ids.flatMap((id) => {
      const doc = found.get(id);
      return doc && (withDeleted || !doc._deleted) ? [doc] : [];
    });
  }

  async #findByIds(run: Run, ids: readonly string[]): Promise<Map<string, RxDocumentData<RxDocType>>> {
    const rows = await run(
      `SELECT ${docColumns} FROM ${this.#shared.name} WHERE id = ANY($1::text[])`,
      [arrayLiteral(ids)],
      "keep",
    );
    return new Map(rows.map((row) => [row[0] ?? "", this.#read(row)]));
  }

  async query(prepared: PreparedQuery<RxDocType>): Promise<RxStorageQueryResult<RxDocType>> {
    const sql = translateQuery(this.schema, prepared.query);
    return { documents: await this.#exclusive((run) => this.#runQuery(run, prepared, sql)) };
  }

  async #runQuery(
    run: Run,
    { query }: PreparedQuery<RxDocType>,
    sql: SqlQuery,
  ): Promise<RxDocumentData<RxDocType>[]> {
    const { skip, limit = Number.POSITIVE_INFINITY } = query;
    if (sql.exact && sql.orderBy !== null) return this.#select(run, sql, skip, limit);
    const matches = getQueryMatcher(this.schema, query);
    if (sql.orderBy !== null) return this.#selectMatching(run, sql, matches, skip, limit);
    const found = (await this.#select(run, sql, 0, Number.POSITIVE_INFINITY)).filter(matches);
    return found.sort(getSortComparator(this.schema, query)).slice(skip, skip + limit);
  }

  /** Reads in the order of the query, page by page, until enough documents match. */
  async #selectMatching(
    run: Run,
    sql: SqlQuery,
    matches: (doc: RxDocumentData<RxDocType>) => boolean,
    skip: number,
    limit: number,
  ): Promise<RxDocumentData<RxDocType>[]> {
    const found: RxDocumentData<RxDocType>[] = [];
    let offset = 0;
    // Pages grow, so that a rare match among many rows does not start over too often.
    for (let size = limit === Number.POSITIVE_INFINITY ? limit : pageSize; ; size *= 4) {
      const page = await this.#select(run, sql, offset, size);
      found.push(...page.filter(matches));
      if (page.length < size || found.length >= skip + limit) return found.slice(skip, skip + limit);
      offset += size;
    }
  }

  async #select(
    run: Run,
    { where, orderBy, params }: SqlQuery,
    offset: number,
    limit: number,
  ): Promise<RxDocumentData<RxDocType>[]> {
    const rows = await run(
      `SELECT ${docColumns} FROM ${this.#shared.name} WHERE ${where}
       ${orderBy === null ? "" : `ORDER BY ${orderBy}`} ${limitClause(offset, limit)}`,
      params,
    );
    return rows.map((row) => this.#read(row));
  }

  /** `slow` where RxDB's matcher has to look at each document; RxDB then asks the caller to allow it. */
  async count(prepared: PreparedQuery<RxDocType>): Promise<RxStorageCountResult> {
    const sql = translateQuery(this.schema, prepared.query);
    if (!sql.exact) return { count: (await this.query(prepared)).documents.length, mode: "slow" };
    const { skip, limit = Number.POSITIVE_INFINITY } = prepared.query;
    const [row] = await this.#exclusive((run) =>
      run(
        `SELECT count(*) FROM (SELECT FROM ${this.#shared.name} WHERE ${sql.where} ${limitClause(skip, limit)}) AS matches`,
        sql.params,
      ),
    );
    return { count: Number(row?.[0]), mode: "fast" };
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: RxStorageDefaultCheckpoint,
  ): Promise<{ documents: RxDocumentData<RxDocType>[]; checkpoint: RxStorageDefaultCheckpoint }> {
    const since = checkpoint ?? { id: "", lwt: 0 };
    const rows = await this.#exclusive((run) =>
      run(
        `SELECT ${docColumns} FROM ${this.#shared.name}
         WHERE lwt >= $1::float8 AND (lwt > $1::float8 OR id > $2::text) ORDER BY lwt, id LIMIT $3::bigint`,
        [String(since.lwt), since.id, String(limit)],
        "keep",
      ),
    );
    const documents = rows.map((row) => this.#read(row));
    const last = documents.at(-1);
    return { documents, checkpoint: last ? this.#checkpointOf(last) : since };
  }

  changeStream(): Observable<PGliteChange<RxDocType>> {
    return this.#shared.changes.asObservable();
  }

  /** Forgets deleted documents, a batch at a time; false while there may be more. */
  async cleanup(minimumDeletedTimeMs: number): Promise<boolean> {
    const removed = await this.#exclusive((run) =>
      run(
        `DELETE FROM ${this.#shared.name} WHERE id = ANY(ARRAY(SELECT id FROM ${this.#shared.name}
         WHERE deleted AND lwt <= $1::float8 LIMIT ${cleanupBatch})) RETURNING id`,
        [String(now() - minimumDeletedTimeMs)],
      ),
    );
    return removed.length < cleanupBatch;
  }

  getAttachmentData(): Promise<Blob> {
    return Promise.reject(new Error(attachmentsRefused));
  }

  async remove(): Promise<void> {
    await this.#exclusive(async (run) => {
      await this.#shared.forget(run);
      await run(`DROP TABLE IF EXISTS ${this.#shared.name}`, []);
    });
    await this.close();
  }

  /** Waits for what is running; what is asked for later fails. */
  close(): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#running).then(() => this.#shared.release());
    return this.#closing;
  }

  #exclusive<T>(work: (run: Run) => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new Error(`${this.collectionName}: the storage is closed`));
    const running = this.internals.statements.exclusive(work);
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  #read(row: Parameters<typeof readDoc>[0]): RxDocumentData<RxDocType> {
    return readDoc<RxDocType>(row, this.#primaryPath);
  }

  #checkpointOf(doc: RxDocumentData<RxDocType>): RxStorageDefaultCheckpoint {
    return { id: doc[this.#primaryPath as keyof typeof doc] as string, lwt: doc._meta.lwt };
  }
}

export const attachmentsRefused =
  "This storage keeps no attachments: recordings and files live on the server.";

function limitClause(offset: number, limit: number): string {
  const only = limit === Number.POSITIVE_INFINITY ? "" : `LIMIT ${limit}`;
  return offset > 0 ? `${only} OFFSET ${offset}` : only;
}

/** Rounds in which every id occurs once; one round, nearly always. */
function splitRepeatedIds<Row extends { id: string }>(rows: readonly Row[]): Row[][] {
  const rounds: Row[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const round = seen.get(row.id) ?? 0;
    seen.set(row.id, round + 1);
    (rounds[round] ??= []).push(row);
  }
  return rounds;
}
