import postgres from 'postgres';

const sql = postgres(process.env.WAREHOUSE_URL!);
export const facts = () => sql`select * from warehouse_facts where day = ${new Date()}`;
export const notes = () => sql`select id, nothing_of_the_kind from notes`;
