// A typed client: what is asked for and what comes back are known to the compiler from the schema and the queries.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { GraphQLClient } from "graphql-request";

type Page = { pageInfo: { hasNextPage: boolean; endCursor: string | null } };

export class Mscev {
  readonly #client: GraphQLClient;

  constructor(url: string) {
    this.#client = new GraphQLClient(url);
  }

  ask<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    return this.#client.request<Result, object>(document, variables);
  }

  /** Yield every page of a list, by its cursors. */
  async *pages<Result, Variables extends { after?: string | null | undefined }, One extends Page>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    page: (result: Result) => One,
  ): AsyncGenerator<One> {
    for (let after: string | null = null; ; ) {
      const one: One = page(await this.ask(document, { ...variables, after }));
      yield one;
      if (!one.pageInfo.hasNextPage) return;
      after = one.pageInfo.endCursor;
    }
  }
}
