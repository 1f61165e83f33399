export function LeadProfileScreen() {
  return <div />;
}
