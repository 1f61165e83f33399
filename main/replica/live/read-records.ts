/** A row's record: RxDB's storage keeps the id beside the document, not in it. */
export const recordSql = "(doc || jsonb_build_object('id', id))";
