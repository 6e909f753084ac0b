interface HeadProps {
  columns: string[];
  /** The name of a last column that holds what can be done, for who does not see that it does. */
  doing?: string | false;
}

/** The names of the columns of a table. */
export const TableHead = ({ columns, doing }: HeadProps) => (
  <thead>
    <tr>
      {columns.map(name => (
        <th scope="col">{name}</th>
      ))}
      {doing && (
        <th scope="col">
          <span class="visually-hidden">{doing}</span>
        </th>
      )}
    </tr>
  </thead>
);
