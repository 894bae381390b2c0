/** Texts repeat: their answers are remembered for one statement, chunk after chunk, in bounded room. */

export const rememberedLimits = { answers: 20_000, characters: 1_000_000, longest: 200 }

export class RememberedAnswers<Answer> {
  readonly #known = new Map<string, Answer>()
  /** Of the texts held. */
  characters = 0

  /** A long text is seldom there twice, and is read anew instead of held. */
  answer(text: string, read: () => Answer): Answer {
    if (text.length > rememberedLimits.longest) return read()
    const before = this.#known.get(text)
    if (before !== undefined) return before
    const answer = read()
    this.#makeRoom(text.length)
    this.#known.set(text, answer)
    this.characters += text.length
    return answer
  }

  #makeRoom(length: number): void {
    const { answers, characters } = rememberedLimits
    if (this.#known.size < answers && this.characters + length <= characters) return
    this.#known.clear()
    this.characters = 0
  }
}
