// The pairings of one product with their evidence, live ones first, refused ones with the reason.

import type { Pairing } from './ask-api.ts'

export function PairingTable({ pairings }: { readonly pairings: readonly Pairing[] }) {
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Add-on</th>
            <th scope="col">Relation</th>
            <th scope="col" className="number">
              Together
            </th>
            <th scope="col" className="number">
              Expected
            </th>
            <th scope="col" className="number">
              Lift
            </th>
            <th scope="col">Confidence</th>
            <th scope="col" className="number">
              Price ratio
            </th>
            <th scope="col">Moments</th>
          </tr>
        </thead>
        <tbody>
          {pairings.map((pairing) => (
            <tr key={pairing.addOn} className={pairing.status}>
              <td>
                <a href={`#/product/${encodeURIComponent(pairing.addOn)}`}>{pairing.addOnTitle}</a>
                <small>{pairing.status === 'live' ? pairing.need : `Refused: ${pairing.because}`}</small>
              </td>
              <td>
                <span className={`label ${pairing.status === 'live' ? pairing.relation : 'refused'}`}>
                  {pairing.relation}
                </span>
              </td>
              <td className="number">
                {pairing.ordersTogether} of {pairing.orders}
              </td>
              <td className="number">{pairing.expected.toFixed(1)}</td>
              <td className="number">{pairing.lift.toFixed(1)}</td>
              <td>
                <ConfidenceBar pairing={pairing} />
              </td>
              <td className="number">{pairing.priceRatio === null ? '–' : pairing.priceRatio.toFixed(2)}</td>
              <td>{pairing.windows.map((window) => window.placement).join(', ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ConfidenceBar({ pairing }: { readonly pairing: Pairing }) {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return (
    <span className="confidence" title={`at least ${percent(pairing.confidenceLow)}`}>
      <svg viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none">
        <rect className="whole" width="100" height="8" />
        <rect className="rate" width={pairing.confidence * 100} height="8" />
        <rect className="low" x={pairing.confidenceLow * 100} width="1" height="8" />
      </svg>
      {percent(pairing.confidence)}
    </span>
  )
}
