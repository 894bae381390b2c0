/** A board in small, drawn in the colours of the theme; says nothing that the words beside it do not say. */
export function SamplePicture() {
  const bars = [34, 46, 40, 58, 52, 70, 64, 82]
  return (
    <svg className="sample-picture" viewBox="0 0 340 208" aria-hidden="true">
      <rect className="board" x="0.5" y="0.5" width="339" height="207" rx="10" />
      {[0, 1, 2].map((card) => (
        <g key={card} transform={`translate(${14 + card * 106} 14)`}>
          <rect className="tile" width="100" height="42" rx="6" />
          <rect className="quiet" x="10" y="9" width="38" height="5" rx="2.5" />
          <rect className="strong" x="10" y="21" width={[48, 42, 52][card]} height="11" rx="3" />
          <path
            className="spark"
            d={['m70 30 8-6 6 3 8-9', 'm70 24 8 4 6-6 8-2', 'm70 31 8-3 6-8 8 2'][card]}
          />
        </g>
      ))}
      <g transform="translate(14 66)">
        <rect className="tile" width="196" height="128" rx="6" />
        <rect className="quiet" x="12" y="11" width="54" height="5" rx="2.5" />
        {bars.map((height, index) => (
          <rect
            key={height}
            className={index === bars.length - 1 ? 'bar last' : 'bar'}
            x={14 + index * 22}
            y={116 - height}
            width="14"
            height={height}
            rx="2"
          />
        ))}
        <path className="axis" d="M10 116.5h176" />
      </g>
      <g transform="translate(218 66)">
        <rect className="tile" width="108" height="128" rx="6" />
        <rect className="quiet" x="12" y="11" width="42" height="5" rx="2.5" />
        <circle className="ring one" cx="54" cy="72" r="28" pathLength="100" />
        <circle className="ring two" cx="54" cy="72" r="28" pathLength="100" />
        <circle className="ring three" cx="54" cy="72" r="28" pathLength="100" />
      </g>
    </svg>
  )
}
