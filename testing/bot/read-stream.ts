/** The events of a stream that has ended. */
export function readEvents<P>(text: string): P[] {
  return text.split("\n\n").flatMap((frame) => {
    const data = /^data: (.*)$/mu.exec(frame)?.[1];
    return data === undefined ? [] : [JSON.parse(data) as P];
  });
}

/** Reads a stream as far as a test wants to know. */
export function createReader(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("no body");
  let heard = "";
  return {
    async until(words: string): Promise<void> {
      while (!heard.includes(words)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`ended before “${words}”: ${heard}`);
        heard += value;
      }
    },
    async end(): Promise<void> {
      while (!(await reader.read()).done);
    },
  };
}
