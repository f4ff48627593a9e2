// The confirmation block as a Liquid template, for hosts that render from what they keep with an order: an order metafield
// `aftercart.confirmation` of type JSON, which Shopify's notifications reach with or without `order.` before it, or a
// variable `aftercart`. Nothing of an order is in it. Every value is escaped; without picks it renders nothing.

export const blockLiquid = `{%- assign aftercart = aftercart | default: order.metafields.aftercart.confirmation.value | default: metafields.aftercart.confirmation.value -%}
{%- if aftercart.picks.size > 0 -%}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f8f5f0;border-radius:10px;">
<tr><td style="padding:22px 24px 6px;"><h2 style="margin:0;font-family:Georgia,'Times New Roman',serif;font-size:20px;line-height:26px;font-weight:normal;color:#22302a;">{{ aftercart.heading | escape }}</h2></td></tr>
{%- for pick in aftercart.picks limit: 2 %}
<tr><td style="padding:12px 24px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
{%- if pick.imageUrl %}<td width="104" valign="top" style="width:104px;"><img src="{{ pick.imageUrl | escape }}" width="88" height="88" alt="{{ pick.title | escape }}" style="display:block;border-radius:8px;border:0;"></td>{% endif -%}
<td valign="top">
{%- if pick.url %}<a href="{{ pick.url | escape }}" target="_blank" style="font-size:17px;line-height:24px;font-weight:600;color:#22302a;">{{ pick.title | escape }}</a>{% else %}<span style="font-size:17px;line-height:24px;font-weight:600;color:#22302a;">{{ pick.title | escape }}</span>{% endif -%}
<div style="padding-top:4px;font-size:16px;line-height:24px;color:#57534b;">{{ pick.need | escape }}</div>
<div style="padding-top:6px;font-size:16px;line-height:24px;color:#22302a;">{{ pick.price | escape }}</div>
</td></tr></table></td></tr>
{%- endfor %}
<tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr>
</table>
{%- endif -%}
`
