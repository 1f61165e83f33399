// Tests follow imports into screens; what a stylesheet exports is the build's business.
declare module "*.module.css" {
  const styles: Readonly<Record<string, string>>;
  export default styles;
}
