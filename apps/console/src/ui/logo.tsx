/** Decoration: the name stands beside it, or in the page's title. */
export const Logo = ({ size = 24 }: { readonly size?: number }) => <img src={`${import.meta.env.BASE_URL}icon.svg`} width={size} height={size} alt="" />;
